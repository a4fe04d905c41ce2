/** How each personal field changed on its way to TikTok: as received, as normalized, as a digest. Local stage only. */
import type { Change } from '../../api.ts';

export const Changes = ({ changes }: { readonly changes: readonly Change[] }) =>
  changes.length === 0 ? null : (
    <>
      <h3>What changed on the way</h3>
      <dl class="changes">
        {changes.map(({ field, raw, normalized, digest }) => (
          <div key={`${field} ${raw}`}>
            <dt>
              <code>{field}</code>
            </dt>
            <dd>
              <span class="unseen">as queued: </span>
              <span class="raw">{raw}</span>
            </dd>
            {normalized !== undefined && <Arrow label="normalized" text={normalized} />}
            {digest !== undefined && <Arrow label="SHA-256" text={shortDigest(digest)} title={digest} />}
          </div>
        ))}
      </dl>
    </>
  );

interface ArrowProps {
  readonly label: string;
  readonly text: string;
  readonly title?: string;
}

const Arrow = ({ label, text, title }: ArrowProps) => (
  <dd class="arrow-to">
    <span class="label">{label}</span>
    <code title={title}>{text}</code>
  </dd>
);

/** `b5fc85e5…2e8f`; text that is not a digest stays as it is. */
export const shortDigest = (text: string): string =>
  /^[0-9a-f]{64}$/.test(text) ? `${text.slice(0, 12)}…${text.slice(-4)}` : text;
