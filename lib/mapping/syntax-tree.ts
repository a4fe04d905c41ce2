/** The syntax tree of an expression, as the JMESPath library makes it. */
import type { compile } from '@jmespath-community/jmespath';

export type SyntaxTree = ReturnType<typeof compile>;
