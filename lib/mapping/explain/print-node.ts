/** Writes a part of an expression as text, since the syntax tree has no positions. Only for people: it may be shortened. */
import type { SyntaxTree } from '../syntax-tree.ts';

const maxLength = 60;

/** @returns such as `data.items[].sku`, at most 60 characters */
export const printNode = (node: SyntaxTree): string => shorten(print(node), maxLength);

/** @returns one line */
export function shorten(text: string, length: number): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length > length ? `${line.slice(0, length - 1)}…` : line;
}

/** @returns a name as an expression writes it, in double quotes unless it is an identifier */
export const printName = (name: string): string => (isIdentifier(name) ? name : JSON.stringify(name));

/** @param name a part of a path @returns the path, where `holder` is empty for the input itself */
export const joinPath = (holder: string, name: string): string =>
  holder === '' || name.startsWith('[') ? holder + name : `${holder}.${name}`;

export const isIdentifier = (name: string): boolean => /^[A-Za-z_]\w*$/.test(name);

const operators: Readonly<Record<string, string>> = {
  EQ: '==',
  NE: '!=',
  GT: '>',
  GTE: '>=',
  LT: '<',
  LTE: '<=',
  Plus: '+',
  Minus: '-',
  Multiply: '*',
  Star: '*',
  Divide: '/',
  Modulo: '%',
  Div: '//',
};

const list = (nodes: readonly SyntaxTree[]): string => nodes.map(print).join(', ');

function print(node: SyntaxTree): string {
  switch (node.type) {
    case 'Field':
      return printName(node.name);
    case 'Literal':
      return typeof node.value === 'string' ? `'${node.value}'` : `\`${JSON.stringify(node.value)}\``;
    case 'Index':
      return `[${node.value}]`;
    case 'Slice':
      return `[${node.start ?? ''}:${node.stop ?? ''}]`;
    case 'Root':
      return '$';
    case 'Current':
      return '@';
    case 'Variable':
      return `$${node.name}`;
    case 'Flatten':
      return `${print(node.child)}[]`;
    case 'NotExpression':
      return `!(${print(node.child)})`;
    case 'ExpressionReference':
      return `&${print(node.child)}`;
    case 'MultiSelectHash':
      return '{…}';
    case 'Function':
      return `${node.name}(${list(node.children)})`;
    case 'MultiSelectList':
      return `[${list(node.children)}]`;
    // `Identity` is the input of a projection, or nothing behind one.
    case 'Identity':
      return '';
    default:
      return printPair(node);
  }
}

/** What has a left and a right side. */
function printPair(node: SyntaxTree): string {
  switch (node.type) {
    case 'Comparator':
      return `${print(node.left)} ${operators[node.name]} ${print(node.right)}`;
    case 'Arithmetic':
      return `${print(node.left)} ${operators[node.operator]} ${print(node.right)}`;
    case 'OrExpression':
      return `${print(node.left)} || ${print(node.right)}`;
    case 'AndExpression':
      return `${print(node.left)} && ${print(node.right)}`;
    case 'Pipe':
      return `${print(node.left)} | ${print(node.right)}`;
    case 'Subexpression':
    case 'IndexExpression':
      return joinPath(print(node.left), print(node.right));
    case 'Projection':
      return joinPath(
        node.left.type === 'Flatten' ? print(node.left) : `${print(node.left)}[*]`,
        print(node.right),
      );
    case 'FilterProjection':
      return joinPath(`${print(node.left)}[?${print(node.condition)}]`, print(node.right));
    case 'ValueProjection':
      return joinPath(joinPath(print(node.left), '*'), print(node.right));
    default:
      return '…';
  }
}
