/** The facts of a row that have no place in the list. */
import type { ComponentChildren } from 'preact';
import type { Row } from '../../api.ts';
import { CopyButton } from '../parts/copy-button.tsx';
import { absoluteTime } from '../text/format-time.ts';
import { sourceText } from '../text/words.ts';

export const Facts = ({ row }: { readonly row: Row }) => (
  <dl class="facts">
    <Fact name="Received">{absoluteTime(row.atMs)}</Fact>
    <Fact name="Source">
      {row.topic === undefined ? sourceText(row.source) : `${row.source} · ${row.topic}`}
    </Fact>
    {row.destination !== undefined && <Fact name="Destination">{row.destination}</Fact>}
    {row.reason !== undefined && (
      <Fact name="Reason code">
        <code>{row.reason}</code>
      </Fact>
    )}
    {row.attempts > 1 && <Fact name="Attempts">{row.attempts}</Fact>}
    {row.warnings.length > 0 && (
      <Fact name="Warnings">
        <ul>
          {row.warnings.map((warning) => (
            <li key={warning}>
              <code>{warning}</code>
            </li>
          ))}
        </ul>
      </Fact>
    )}
    {row.event !== undefined && (
      <Fact name="Event fingerprint">
        <Copied text={row.event} what="the event fingerprint" />
      </Fact>
    )}
    {row.orders.map((order) => (
      <Fact key={order} name="Order fingerprint">
        <Copied text={order} what="the order fingerprint" />
      </Fact>
    ))}
  </dl>
);

const Copied = ({ text, what }: { readonly text: string; readonly what: string }) => (
  <span class="copied">
    <code>{text}</code> <CopyButton text={text} what={what} />
  </span>
);

const Fact = ({ name, children }: { readonly name: string; readonly children: ComponentChildren }) => (
  <div>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </div>
);
