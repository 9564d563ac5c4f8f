import './workers';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import type { Fetcher } from '@graphiql/toolkit';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './style.css';
import type { Config } from './config';
import { loadConfig } from './config';
import { examplesPlugin } from './examples';
import { IdentityBar } from './identity-bar';
import { labels } from './labels';
import { currentToken, finishSignIn } from './sign-in';

function graphqlFetcher(config: Config): Fetcher {
  return async (parameters, options) => {
    const token = await currentToken(config.issuer);
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'application/graphql-response+json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...options?.headers,
      },
      body: JSON.stringify(parameters),
    });
    return (await response.json()) as Record<string, unknown>;
  };
}

async function start(): Promise<void> {
  const config = await loadConfig();
  let problem: string | undefined;
  try {
    if (config.issuer) await finishSignIn(config.issuer);
  } catch (error) {
    problem = error instanceof Error ? error.message : String(error);
  }
  const examples = config.examples.length > 0 ? examplesPlugin(config.examples) : undefined;
  const root = document.getElementById('explorer');
  if (!root) throw new Error('The page has no place for the explorer.');
  createRoot(root).render(
    <StrictMode>
      <IdentityBar config={config} problem={problem} />
      <GraphiQL
        fetcher={graphqlFetcher(config)}
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
