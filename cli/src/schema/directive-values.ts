import { Kind, buildASTSchema, isTypeDefinitionNode, print, valueFromAST, visit } from 'graphql';
import type { DefinitionNode, DirectiveNode } from 'graphql';
import type { Contract } from './contracts.js';
import type { Problem } from './problem.js';
import { placeOf } from './problem.js';

const inputKinds: readonly string[] = [
  Kind.ENUM_TYPE_DEFINITION,
  Kind.INPUT_OBJECT_TYPE_DEFINITION,
  Kind.SCALAR_TYPE_DEFINITION,
];

/**
 * Checks the arguments of the directives that a contract defines itself. The composition library looks at those of
 * Federation only and would pass `@classified(level: L9)` on, where no rule could match it.
 */
export function checkDirectiveValues({ department, document }: Contract): Problem[] {
  const directives = definedIn(document.definitions);
  const problems: Problem[] = [];
  const report = (node: DirectiveNode, what: string) => {
    const place = placeOf(node);
    problems.push({
      code: 'INVALID_GRAPHQL',
      message: `[${department}] ${what}`,
      departments: [department],
      places: place ? [place] : [],
    });
  };
  visit(document, {
    Directive(node) {
      const directive = directives.find(({ name }) => name === node.name.value);
      if (!directive) return;
      for (const { name, value } of node.arguments ?? []) {
        const argument = directive.args.find((each) => each.name === name.value);
        if (!argument) report(node, `Unknown argument "${name.value}" of "@${directive.name}".`);
        else if (valueFromAST(value, argument.type) === undefined) {
          report(
            node,
            `Invalid value ${print(value)} for "@${directive.name}(${name.value}:)" of type "${String(argument.type)}".`,
          );
        }
      }
    },
  });
  return problems;
}

/** The directives of a contract with the types of their arguments, and nothing else of it. */
function definedIn(definitions: readonly DefinitionNode[]) {
  const own = definitions.filter(
    (definition) =>
      definition.kind === Kind.DIRECTIVE_DEFINITION ||
      (isTypeDefinitionNode(definition) && inputKinds.includes(definition.kind)),
  );
  // Other directives on these definitions (@inaccessible and the like) are Federation's to judge.
  const bare = visit({ kind: Kind.DOCUMENT, definitions: own } as const, { Directive: () => null });
  return buildASTSchema(bare, { assumeValid: true, assumeValidSDL: true }).getDirectives();
}
