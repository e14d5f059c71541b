// What an expression is made of, once it is read; positions count in the text that was read.

export type SyntaxNode =
  | { readonly op: 'value'; readonly args: unknown; readonly start: number; readonly end: number }
  | { readonly op: 'id'; readonly args: string; readonly start: number; readonly end: number }
  | {
      readonly op: '.' | '.?'
      readonly args: readonly [SyntaxNode, string]
      readonly start: number
      readonly end: number
    }
  | {
      readonly op: '[]' | '[?]'
      readonly args: readonly [SyntaxNode, SyntaxNode]
      readonly start: number
      readonly end: number
    }
  | {
      readonly op: 'call'
      readonly args: readonly [string, readonly SyntaxNode[]]
      readonly start: number
      readonly end: number
    }
  | {
      readonly op: 'rcall'
      readonly args: readonly [string, SyntaxNode, readonly SyntaxNode[]]
      readonly start: number
      readonly end: number
    }
  | { readonly op: 'list'; readonly args: readonly SyntaxNode[]; readonly start: number; readonly end: number }
  | {
      readonly op: 'map'
      readonly args: readonly (readonly [SyntaxNode, SyntaxNode])[]
      readonly start: number
      readonly end: number
    }
  | {
      readonly op: '?:'
      readonly args: readonly [SyntaxNode, SyntaxNode, SyntaxNode]
      readonly start: number
      readonly end: number
    }
  | { readonly op: '!_' | '-_'; readonly args: SyntaxNode; readonly start: number; readonly end: number }
  | {
      readonly op: BinaryOperator
      readonly args: readonly [SyntaxNode, SyntaxNode]
      readonly start: number
      readonly end: number
    }

export type BinaryOperator = '||' | '&&' | '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | '+' | '-' | '*' | '/' | '%'
