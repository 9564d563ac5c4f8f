import type { ArgumentNode, DirectiveNode } from 'graphql';
import { Kind, parse, print, visit } from 'graphql';

/**
 * A supergraph without the `@provides` of subgraphs that provide different things on different ways. The planner takes
 * what is provided on one way for provided on all: its plans would ask a subgraph for what it cannot know there. Without
 * them a plan asks the fields' owners, which is always right.
 */
export function withoutAmbiguousProvisions(supergraphSdl: string): string {
  const document = parse(supergraphSdl, { noLocation: true });
  const provided = new Map<string, Set<string>>();
  visit(document, {
    Directive(directive) {
      const [graph, provides] = [argument(directive, 'graph'), argument(directive, 'provides')];
      if (!isJoinField(directive) || !graph || !provides) return;
      provided.set(text(graph), (provided.get(text(graph)) ?? new Set()).add(text(provides)));
    },
  });
  const ambiguous = new Set([...provided].filter(([, texts]) => texts.size > 1).map(([graph]) => graph));
  if (!ambiguous.size) return supergraphSdl;
  return print(
    visit(document, {
      Directive(directive) {
        const graph = argument(directive, 'graph');
        if (!isJoinField(directive) || !graph || !ambiguous.has(text(graph))) return undefined;
        return { ...directive, arguments: directive.arguments?.filter(({ name }) => name.value !== 'provides') };
      },
    }),
  );
}

function isJoinField({ name }: DirectiveNode): boolean {
  return name.value === 'join__field';
}

function argument(directive: DirectiveNode, wanted: string): ArgumentNode | undefined {
  return directive.arguments?.find(({ name }) => name.value === wanted);
}

function text({ value }: ArgumentNode): string {
  return value.kind === Kind.ENUM || value.kind === Kind.STRING ? value.value : '';
}
