/** An event that the running stage accepts without a warning, for the command in the ready line. */
import type { LocalStage } from './local-stage.ts';

export function exampleEvent({
  destinations,
  consent,
}: Pick<LocalStage, 'destinations' | 'consent'>): Readonly<Record<string, unknown>> {
  const [first = 'default'] = Object.keys(destinations);
  const name = Object.hasOwn(destinations, 'default') ? 'default' : first;
  const eventSource = destinations[name]?.eventSource;
  return {
    event_name: 'Purchase',
    event_id: 'order-1001',
    email: 'jane@example.com',
    value: 20,
    currency: 'USD',
    contents: [{ content_id: 'sku-1', quantity: 1, price: 20 }],
    ...(name === 'default' ? {} : { destination: name }),
    ...(consent === 'require' ? { consent: 'granted' } : {}),
    ...(eventSource === 'app' ? { app: { app_id: 'com.example.shop' } } : {}),
    ...(eventSource === 'crm' ? { lead: { lead_id: '1001' } } : {}),
  };
}
