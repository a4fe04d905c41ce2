/** Parts of the view that could not be read, each with its remedy. */
import { Prose } from '../parts/prose.tsx';

export const Problems = ({ problems }: { readonly problems: readonly string[] }) =>
  problems.length === 0 ? null : (
    <section class="banner problems" aria-label="Problems">
      <div class="banner-text">
        <p>
          <strong>Parts of this page are missing.</strong>
        </p>
        <ul>
          {problems.map((problem) => (
            <li key={problem}>
              <Prose text={problem} />
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
