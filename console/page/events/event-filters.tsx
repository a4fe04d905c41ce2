/** The filters of the list, and the search by id. */
import { useEffect, useRef, useState } from 'preact/hooks';
import type { ConsoleState } from '../../api.ts';
import { Choice } from '../parts/choice.tsx';
import { type Filters, fingerprintOf, hasFilters, noFilters } from '../state/rows-query.ts';
import { outcomeNames, outcomes, sourceText } from '../text/words.ts';
import { isForPage } from './use-list-keys.ts';

interface FiltersProps {
  readonly state: ConsoleState;
  readonly filters: Filters;
  readonly onFilter: (filters: Filters) => void;
}

const typingMs = 250;

export function EventFilters({ state, filters, onFilter }: FiltersProps) {
  const set = (name: 'source' | 'name' | 'outcome') => (value: string) =>
    onFilter({ ...filters, [name]: value });
  return (
    <search class="filters">
      <Find filters={filters} onFilter={onFilter} />
      <Choice
        label="Source"
        all="All sources"
        value={filters.source}
        values={state.sources}
        textOf={sourceText}
        onChoose={set('source')}
      />
      <Choice
        label="Event"
        all="All events"
        value={filters.name}
        values={state.names}
        onChoose={set('name')}
      />
      <Choice
        label="Result"
        all="All results"
        value={filters.outcome}
        values={outcomeNames}
        textOf={(name) => outcomes[name].label}
        onChoose={set('outcome')}
      />
      {hasFilters(filters) && (
        <button type="button" onClick={() => onFilter(noFilters)}>
          Clear
        </button>
      )}
    </search>
  );
}

/** Hashes the text in the page: the server sees a fingerprint only. */
function Find({ filters, onFilter }: Omit<FiltersProps, 'state'>) {
  const [text, setText] = useState('');
  const field = useRef<HTMLInputElement>(null);
  const last = useRef(filters);
  last.current = filters;
  useEffect(() => {
    const timer = setTimeout(async () => {
      const find = await fingerprintOf(text);
      if (find !== last.current.find) onFilter({ ...last.current, find });
    }, typingMs);
    return () => clearTimeout(timer);
  }, [text, onFilter]);
  useEffect(() => {
    if (filters.find === '') setText('');
  }, [filters.find]);
  useSlash(field);
  return (
    <label class="find">
      <span class="unseen">Find an event or order by its id</span>
      <input
        ref={field}
        type="search"
        placeholder="Find event id, order id or #1001"
        value={text}
        autocomplete="off"
        spellcheck={false}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <span class="key" aria-hidden="true">
        /
      </span>
    </label>
  );
}

/** `/` leads to the field from anywhere. */
function useSlash(field: { readonly current: HTMLInputElement | null }): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== '/' || !isForPage(event)) return;
      event.preventDefault();
      field.current?.focus();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [field]);
}
