/** As much of Immutable's collections as is used here. */
interface Node {
  readonly size: number;
  get(key: string): Node;
  getIn(path: readonly string[]): string | undefined;
  set(key: string, value: Node): Node;
  map(change: (value: Node, key: string) => Node): Node;
  filter(keep: (value: Node) => boolean): Node;
}

/**
 * Plugin of Swagger UI: its search box finds requests whose group, method, path or summary has all the words; its own
 * search compares names of groups only. It is sent to the browser as text, so it uses nothing from outside of itself.
 */
export const findRequests = () => ({
  fn: {
    opsFilter: (groups: Node, phrase: string): Node => {
      const words = phrase.toLowerCase().split(/\s+/);
      return groups
        .map((group, name) =>
          group.set(
            'operations',
            group.get('operations').filter((request) => {
              const summary = request.getIn(['operation', 'summary']) ?? '';
              const text =
                `${name} ${request.getIn(['method'])} ${request.getIn(['path'])} ${summary}`.toLowerCase();
              return words.every((word) => text.includes(word));
            }),
          ),
        )
        .filter((group) => group.get('operations').size > 0);
    },
  },
});
