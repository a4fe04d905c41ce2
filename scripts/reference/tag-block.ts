/** The tag that the guide of the browser shows: that of a stage without other sources. */
import { browserSettings } from '../../lib/collect/browser-settings.ts';
import { buildBrowser } from '../browser/browser-script.ts';

export async function tagBlock(): Promise<string> {
  const settings = browserSettings({ consent: 'always', pageViews: false, purchases: false }, []);
  const { tag } = await buildBrowser(settings);
  return ['```html', tag('https://shop.example'), '```'].join('\n');
}
