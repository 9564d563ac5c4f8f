import type { Subject } from '@linli/schema/subject';
import type { Declaration } from './declaration.js';
import { declaredHeaders, readDeclaration } from './declaration.js';

/** Who asks, and what for. One object for each subject and declaration, so that what is known of it can be kept. */
export interface Actor {
  readonly subject: Subject;
  readonly declaration: Declaration;
}

/** Actors kept for one subject: whoever makes up case numbers gains no memory by it. */
const cachedActors = 20;
const known = new WeakMap<Subject, Map<string, Actor>>();

/** The actor of a request. Throws a Refusal where its headers declare what may not be declared. */
export function actorOf(subject: Subject, read: (header: string) => string | undefined): Actor {
  let actors = known.get(subject);
  if (!actors) known.set(subject, (actors = new Map<string, Actor>()));
  // What was read of the same headers before need not be read again.
  const key = declaredHeaders(read);
  let actor = actors.get(key);
  if (!actor) {
    actor = Object.freeze({ subject, declaration: readDeclaration(read, subject) });
    if (actors.size >= cachedActors) actors.clear();
    actors.set(key, actor);
  }
  return actor;
}
