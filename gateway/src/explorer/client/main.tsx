import './workers';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './style.css';
import { loadConfig } from './config';
import { examplesPlugin } from './examples';
import { graphqlFetcher } from './fetcher';
import { IdentityBar } from './identity-bar';
import { labels } from './labels';
import { currentToken, finishSignIn } from './sign-in';

async function start(): Promise<void> {
  const config = await loadConfig();
  let problem: string | undefined;
  try {
    if (config.issuer) await finishSignIn(config.issuer);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const fetcher = graphqlFetcher('/graphql', () => currentToken(config.issuer));
  const examples = config.examples.length > 0 ? examplesPlugin(config.examples) : undefined;
  const root = document.getElementById('explorer');
  if (!root) throw new Error('The page has no place for the explorer.');
  createRoot(root).render(
    <StrictMode>
      <IdentityBar config={config} problem={problem} />
      <GraphiQL
        fetcher={fetcher}
        plugins={examples ? [HISTORY_PLUGIN, examples] : [HISTORY_PLUGIN]}
        {...(examples && { visiblePlugin: examples })}
        storage={sessionStorage}
        defaultQuery={labels.welcome}
        shouldPersistHeaders={false}
        showPersistHeadersSettings={false}
      >
        <GraphiQL.Logo>GraphiQL</GraphiQL.Logo>
      </GraphiQL>
    </StrictMode>,
  );
}

void start();
