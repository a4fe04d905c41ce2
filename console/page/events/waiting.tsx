/** New rows wait while you read, so that nothing moves under your cursor. */
import type { Console } from '../state/use-console.ts';
import { countText } from '../text/words.ts';

export function Waiting({ page }: { readonly page: Console }) {
  const count = page.model.list.waiting.length;
  if (count === 0) return null;
  const show = () => {
    page.showWaiting();
    document.querySelector('.events')?.scrollIntoView({ block: 'start', behavior: 'instant' });
  };
  return (
    <div class="waiting">
      <button type="button" class="main" onClick={show}>
        {countText(count)} new
      </button>
    </div>
  );
}
