import { useState } from 'react';
import type { Config } from './config';
import { labels } from './labels';
import { identityOf, readSession, writeSession } from './session';
import { signIn, signOut } from './sign-in';

/** Who asks: nobody, or whose token was pasted or signed in for. A change reloads the page, and with it the schema. */
export function IdentityBar({ config, problem }: { config: Config; problem: string | undefined }) {
  const [pasting, setPasting] = useState(false);
  const session = readSession();
  const { issuer } = config;
  return (
    <header className="linli-bar">
      <h1>
        <img src="/explorer/icon.svg" alt="" width="22" height="22" />
        邻里 Linli
      </h1>
      {problem !== undefined && <p role="alert">{problem}</p>}
      <Who secure={config.secure} accessToken={session?.accessToken} />
      {config.secure && !pasting && (
        <button type="button" onClick={() => setPasting(true)}>
          {labels.token}
        </button>
      )}
      {pasting && <TokenField />}
      {session && (
        <button type="button" onClick={() => signOut(issuer)}>
          {labels.signOut}
        </button>
      )}
      {!session && issuer && (
        <button type="button" className="primary" onClick={() => void signIn(issuer)}>
          {labels.signIn}
        </button>
      )}
    </header>
  );
}

function Who({ secure, accessToken }: { secure: boolean; accessToken: string | undefined }) {
  if (!secure) return <p className="who warning">{labels.insecure}</p>;
  const identity = accessToken === undefined ? undefined : identityOf(accessToken);
  if (!identity) return <p className="who">{labels.anonymous}</p>;
  const expired = identity.expiresAt < Date.now();
  return (
    <p className="who" title={identity.roles.join(', ')}>
      <strong>{identity.name}</strong>
      {expired && <em> {labels.expired}</em>}
    </p>
  );
}

function TokenField() {
  const [text, setText] = useState('');
  const [bad, setBad] = useState(false);

  function use(): void {
    const accessToken = text.trim().replace(/^Bearer\s+/i, '');
    if (!identityOf(accessToken)) return setBad(true);
    writeSession({ accessToken });
    location.reload();
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        use();
      }}
    >
      <input
        type="password"
        name="token"
        autoComplete="off"
        autoFocus
        placeholder={labels.tokenHint}
        aria-label={labels.tokenHint}
        aria-invalid={bad}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <button type="submit">{labels.useToken}</button>
      {bad && <span role="alert">{labels.badToken}</span>}
    </form>
  );
}
