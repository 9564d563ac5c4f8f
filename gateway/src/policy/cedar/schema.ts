import { purposes } from '@linli/schema/purposes';
import { roles } from '@linli/schema/roles';
import { relations } from '@linli/schema/subject';
import type { Classification } from '../../supergraph/classification.js';
import { levels } from '../../supergraph/classification.js';
import { cedarActions } from './question.js';
import { namespace } from './uid.js';

/**
 * The Cedar schema of the policies, in Cedar's own schema syntax: what is fixed here, what the supergraph adds, and, as
 * comments, every field, for entities that have parents cannot be listed as an enumeration.
 */
export function cedarSchema(classification: Classification): string {
  const { types, departments } = namesOf(classification);
  const fields = classification.fields.map(({ coordinate, level, sharing, mask, sealed, departments: by }) =>
    ['//', coordinate, level, sharing, mask ?? '-', ...(sealed ? ['sealed'] : []), by.join(',')].join(' '),
  );
  return `// Generated from the supergraph by "linli policy schema"; not edited by hand.
namespace ${namespace} {
  // Realm roles; "open-data" is whoever shows no token.
  ${enumeration('Role', roles)}
  // Object and interface types of the graph.
  ${enumeration('Type', types)}
  ${enumeration('Level', levels)}
  // Subgraphs.
  ${enumeration('Department', departments)}
  // How a subject is related to a row; "none" always holds.
  ${enumeration('Relation', relations)}
  ${enumeration('Purpose', purposes)}
  entity Subject in [Role] {
    department?: String,
  };
  // A field is in its type, its level, the departments that resolve it, and the interface fields that it implements.
  entity Field in [Field, Type, Level, Department] {
    level: Level,
    sharing: String,
    sealed: Bool,
    departments: Set<String>,
  };
  type Circumstances = {
    relation: Relation,
    minor: Bool,
    purpose?: Purpose,
    legalBasis: Bool,
    caseNumber: Bool,
    emergency: Bool,
  };
  action ${cedarActions.join(', ')} appliesTo {
    principal: [Subject],
    resource: [Field],
    context: Circumstances,
  };
}

// Fields: level, sharing, mask, sealed, departments.
${fields.sort().join('\n')}
`;
}

/** Types that have fields, and departments that resolve them, in alphabetical order. */
export function namesOf({ fields }: Classification): { types: string[]; departments: string[] } {
  const types = new Set(fields.map(({ coordinate }) => coordinate.slice(0, coordinate.indexOf('.'))));
  const departments = new Set(fields.flatMap((field) => field.departments));
  return { types: [...types].sort(), departments: [...departments].sort() };
}

function enumeration(name: string, members: readonly string[]): string {
  return `entity ${name} enum [${members.map((member) => JSON.stringify(member)).join(', ')}];`;
}
