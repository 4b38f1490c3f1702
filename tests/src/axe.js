// Runs the rules of WCAG 2.2 A and AA and tells each violation in one line.
const done = arguments[arguments.length - 1];
const look = async (root, only) => {
  const { violations } = await axe.run(root, { resultTypes: ['violations'], runOnly: only });
  return violations;
};
const told = ({ id, help, nodes }) => {
  const first = nodes.slice(0, 3).map(({ target, failureSummary }) => {
    const why = failureSummary.split('\n')[1]?.trim() ?? '';
    return `${target.join(' ')} [${why}]`;
  });
  return `${id}: ${help} (${nodes.length}×) ${first.join(' | ')}`;
};
// What lies half under a bar that stays in place is only covered until one scrolls: look again from there.
const stillCovered = async (violation) => {
  const nodes = [];
  for (const node of violation.nodes) {
    const element = document.querySelector(node.target[0]);
    element.scrollIntoView({ block: 'center' });
    const again = await look(element, { type: 'rule', values: ['target-size'] });
    if (again.length > 0) nodes.push(node);
  }
  return { ...violation, nodes };
};
(async () => {
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
  const found = await look(document, { type: 'tag', values: tags });
  const last = await Promise.all(found.map((one) => (one.id === 'target-size' ? stillCovered(one) : one)));
  return last.filter(({ nodes }) => nodes.length > 0).map(told);
})().then(done, (problem) => done([`axe failed: ${problem}`]));
