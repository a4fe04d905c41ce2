/** The answer to an event that the page sent. */
import type { SampleResult } from '../../api.ts';
import { routeText } from '../state/route-text.ts';
import { prettyJson } from '../text/words.ts';
import { CodeBlock } from './code-block.tsx';
import { Pill } from './pill.tsx';

interface AnswerProps {
  readonly result: SampleResult;
  readonly onFollow?: () => void;
}

export const SampleAnswer = ({ result, onFollow }: AnswerProps) => (
  <div class="answer" role="status">
    <p>
      <Pill tone={result.status < 300 ? 'good' : 'bad'}>{result.status}</Pill>{' '}
      {result.status < 300 ? 'The gateway took it.' : 'The gateway did not take it.'}{' '}
      {result.rowId !== undefined && (
        <a href={routeText({ view: 'events', rowId: result.rowId })} onClick={onFollow}>
          Show the event
        </a>
      )}
    </p>
    <CodeBlock label="Answer" text={prettyJson(result.body)} />
  </div>
);
