import type { GraphiQLPlugin } from '@graphiql/react';
import { useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import type { Example } from './config';
import { labels } from './labels';

/** The panel of example operations; each opens in a tab of its own. */
export function examplesPlugin(examples: readonly Example[]): GraphiQLPlugin {
  return {
    title: labels.examples,
    icon: () => (
      <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.6" aria-hidden="true">
        <path d="M5 4h14v16H5zM9 8.5h6M9 12h6M9 15.5h4" strokeLinecap="round" strokeLinejoin="round" />
      </svg>
    ),
    content: () => <ExampleList examples={examples} />,
  };
}

function ExampleList({ examples }: { examples: readonly Example[] }) {
  const actions = useGraphiQLActions();
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);

  function open({ query, variables }: Example): void {
    const used = (queryEditor?.getValue() ?? '').replace(/^\s*#.*$/gm, '').trim() !== '';
    if (used) actions.addTab();
    queryEditor?.setValue(query);
    variableEditor?.setValue(variables);
    actions.updateActiveTabValues({ query, variables });
  }

  return (
    <section className="linli-examples" aria-label={labels.examples}>
      <h2>{labels.examples}</h2>
      <ul>
        {examples.map((example) => (
          <li key={example.name}>
            <button type="button" className="graphiql-un-styled" onClick={() => open(example)}>
              <strong>{example.title}</strong>
              <span>{example.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
