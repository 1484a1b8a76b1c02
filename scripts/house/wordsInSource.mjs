/** What one source file says to people or asks the catalogues for, by its syntax tree. */
import { parseSync } from '@swc/core';

/** Attributes whose text people see or hear. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'title',
  'placeholder',
  'label',
  'description',
  'hint',
  'heading',
  'message',
  'confirmLabel',
  'cancelLabel',
]);

/** Calls whose first argument people see. */
const SPEAKERS = new Set(['toast', 'alert', 'confirm']);

/** Names that are the same in every language. */
const NAMES = new Set(['Dialog', 'LiveKit', 'Deutsch', 'English']);

const isWords = (text) => /\p{L}{2}/u.test(text) && !NAMES.has(text.trim());

/** The regular expression of what a template can become. */
function patternOf(template) {
  const parts = template.quasis.map(({ raw }) => raw.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join('.+')}$`);
}

/** The texts that an expression can come to: through `?:`, `&&`, `||`, `??` and brackets, not into calls. */
function textsOf(node) {
  switch (node?.type) {
    case 'StringLiteral':
      return [{ text: node.value, span: node.span }];
    case 'TemplateLiteral':
      return [{ text: node.quasis.map(({ raw }) => raw).join('…'), span: node.span }];
    case 'ConditionalExpression':
      return [...textsOf(node.consequent), ...textsOf(node.alternate)];
    case 'BinaryExpression':
      return ['&&', '||', '??', '+'].includes(node.operator) ? [...textsOf(node.left), ...textsOf(node.right)] : [];
    case 'ParenthesisExpression':
    case 'JSXExpressionContainer':
      return textsOf(node.expression);
    default:
      return [];
  }
}

const calleeOf = ({ callee }) => (callee.type === 'MemberExpression' ? callee.property.value : callee.value);

function namespacesOf(call) {
  const argument = calleeOf(call) === 'getFixedT' ? call.arguments[1]?.expression : call.arguments[0]?.expression;
  if (argument?.type === 'ArrayExpression') return argument.elements.flatMap((element) => textsOf(element?.expression));
  return textsOf(argument);
}

/** What each kind of node adds to what is known of the file. */
const VISITS = {
  JSXText(node, file) {
    file.say([{ text: node.value, span: node.span }]);
  },
  JSXElement: (node, file) => file.say(node.children.flatMap(textsOfChild)),
  JSXFragment: (node, file) => file.say(node.children.flatMap(textsOfChild)),
  JSXAttribute(node, file) {
    const name = node.name.type === 'JSXNamespacedName' ? '' : node.name.value;
    if (SPOKEN.has(name)) file.say(textsOf(node.value));
  },
  StringLiteral(node, file) {
    file.literals.add(node.value);
  },
  TemplateLiteral(node, file) {
    // A template without any fixed letter would match too many keys.
    if (node.quasis.some(({ raw }) => /\w/.test(raw))) file.patterns.push(patternOf(node));
  },
  CallExpression(node, file) {
    const name = calleeOf(node);
    const first = textsOf(node.arguments[0]?.expression);
    if (name === 'useTranslation' || name === 'getFixedT')
      file.namespaces.push(...namespacesOf(node).map(({ text }) => text));
    const template = node.arguments[0]?.expression;
    if (name === 't' && template?.type === 'TemplateLiteral') file.asPattern(template);
    if (name === 't') file.ask(first.filter(({ text }) => !text.includes('…')));
    if (SPEAKERS.has(name)) file.say(first);
  },
};

const textsOfChild = (child) => (child.type === 'JSXExpressionContainer' ? textsOf(child) : []);

function walk(node, file) {
  if (Array.isArray(node)) {
    for (const child of node) walk(child, file);
  } else if (node && typeof node === 'object') {
    VISITS[node.type]?.(node, file);
    for (const key in node) if (key !== 'span') walk(node[key], file);
  }
}

/**
 * @returns `hardCoded` texts and `asked` keys with their lines; all string `literals` and template `patterns`,
 * by which a key may be asked for; the `namespaces` its translations come from
 */
export function readSource(path, text) {
  const bytes = Buffer.from(text);
  const tree = parseSync(text, { syntax: 'typescript', tsx: path.endsWith('x'), target: 'es2022' });
  // swc counts bytes from 1 over all that the process has parsed; leading comments are outside the module's span.
  const start = tree.span.end - bytes.length;
  const lineOf = (span) =>
    bytes
      .subarray(0, span.start - start)
      .toString()
      .split('\n').length;
  const file = {
    hardCoded: [],
    asked: [],
    literals: new Set(),
    patterns: [],
    namespaces: [],
    say(texts) {
      for (const said of texts) {
        if (isWords(said.text)) file.hardCoded.push({ line: lineOf(said.span), text: said.text.trim() });
      }
    },
    /** Asked for by `t` itself, a `-` between two parts says enough. */
    asPattern(template) {
      if (template.quasis.some(({ raw }) => raw !== '')) file.patterns.push(patternOf(template));
    },
    ask(texts) {
      for (const asked of texts) file.asked.push({ line: lineOf(asked.span), key: asked.text });
    },
  };
  walk(tree, file);
  return file;
}
