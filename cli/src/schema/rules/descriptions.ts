import { isTypeDefinitionNode } from 'graphql';
import type { ASTNode, DefinitionNode, StringValueNode } from 'graphql';
import type { Contract } from '../contracts.js';
import { placeOf } from '../problem.js';
import type { Problem } from '../problem.js';

/** Every type, field, argument, input field and enum value is described in Chinese, for readers who do not program. */
export function checkDescriptions({ department, document }: Contract): Problem[] {
  return document.definitions
    .flatMap(described)
    .filter(({ node }) => !/\p{Script=Han}/u.test(node.description?.value ?? ''))
    .map(({ name, node }) => {
      const place = placeOf(node);
      const fault = node.description ? 'is not described in Chinese' : 'has no description';
      return {
        code: 'DESCRIPTION_MISSING',
        message: `${name} ${fault}.`,
        departments: [department],
        places: place ? [place] : [],
      };
    });
}

type Described = ASTNode & { readonly description?: StringValueNode };

interface Named {
  readonly name: string;
  readonly node: Described;
}

function described(definition: DefinitionNode): Named[] {
  if (!('name' in definition) || !definition.name) return [];
  const type = definition.name.value;
  const named: Named[] = [];
  // The operation types are described by their fields; Query alone says nothing to anybody.
  const isOperationType = type === 'Query' || type === 'Mutation' || type === 'Subscription';
  if (isTypeDefinitionNode(definition) && !isOperationType) named.push({ name: type, node: definition });
  if ('fields' in definition) {
    for (const field of definition.fields ?? []) {
      named.push({ name: `${type}.${field.name.value}`, node: field });
      for (const argument of ('arguments' in field && field.arguments) || []) {
        named.push({ name: `${type}.${field.name.value}(${argument.name.value}:)`, node: argument });
      }
    }
  }
  if ('values' in definition) {
    for (const value of definition.values ?? []) named.push({ name: `${type}.${value.name.value}`, node: value });
  }
  return named;
}
