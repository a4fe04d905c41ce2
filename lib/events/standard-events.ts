/** TikTok's standard event names, current and former. A name goes out as given: it is half of the deduplication key. */
import { cleanText } from '../privacy/clean-text.ts';
import { foldName } from './names/fold-name.ts';

const words = (text: string): readonly string[] => text.split(' ');

/** Web, offline and CRM (TikTok help: supported-standard-events). */
const web = words(
  'AddPaymentInfo AddToCart AddToWishlist ApplicationApproval CompleteRegistration Contact CustomizeProduct Download FindLocation InitiateCheckout Lead Purchase Schedule Search StartTrial SubmitApplication Subscribe ViewContent',
);

/** App. The odd spellings LaunchAPP, InAppADClick and InAppADImpr are TikTok's own. */
const app = words(
  'AchieveLevel AddPaymentInfo AddToCart AddToWishlist Checkout CompleteTutorial CreateGroup CreateRole GenerateLead InAppADClick InAppADImpr InstallApp JoinGroup LaunchAPP LoanApplication LoanApproval LoanDisbursal Login Purchase Rate Registration Search SpendCredits StartTrial Subscribe UnlockAchievement ViewContent',
);

/** Renamed or deprecated in 2025 and still taken by TikTok; both spellings of the page view are in use. */
const former = words('CompletePayment SubmitForm PlaceAnOrder ClickButton Pageview PageView');

export const standardNames = { web, app, former } as const;

export const standardEvents: ReadonlySet<string> = new Set(Object.values(standardNames).flat());

/**
 * The name as logs may show it: a mistake can put an e-mail address there.
 * @returns `custom` for a name that TikTok does not know
 */
export const loggableEventName = (name: string): string => (standardEvents.has(name) ? name : 'custom');

let byFoldedName: Map<string, string> | undefined;

/**
 * The standard name that `name` probably means: one that differs in case or spacing only.
 * @returns undefined when `name` is itself standard, or resembles none
 */
export function standardNameMeant(name: string): string | undefined {
  if (standardEvents.has(name)) return undefined;
  byFoldedName ??= new Map([...standardEvents].map((standard) => [foldName(standard), standard]));
  return byFoldedName.get(foldName(cleanText(name)));
}
