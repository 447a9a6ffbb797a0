import { useId } from 'react';
import { Link } from 'react-router';
import { useOffered } from '../parts/screens/offered';
import { Counted } from './counted';
import type { MenuGroup, MenuSection } from './menu';

/** Where the person stands in the menu. */
export interface MenuPosition {
  /** Path of the page in the list that is open, or that the open one is a detail of. */
  readonly path: string;
  readonly isDetail: boolean;
}
interface Props {
  readonly section: MenuSection;
  readonly position: MenuPosition | undefined;
}

/** The pages of a section, under the names of their groups where there are several (WEB-026). */
export function SectionPages({ section: { groups }, position }: Props) {
  return (
    <div className="menu-pages">
      {groups.map((group) => (
        <Group key={group.key} group={group} isNamed={groups.length > 1} position={position} />
      ))}
    </div>
  );
}

interface GroupProps {
  readonly group: MenuGroup;
  readonly isNamed: boolean;
  readonly position: MenuPosition | undefined;
}

function Group({ group: { title, screens }, isNamed, position }: GroupProps) {
  const { counts } = useOffered();
  const id = useId();
  return (
    <div>
      {isNamed && (
        <div id={id} className="menu-group">
          {title}
        </div>
      )}
      <ul aria-labelledby={isNamed ? id : undefined}>
        {screens.map(({ path, title: name, icon: Icon }) => (
          <li key={path}>
            <Link to={path} className="menu-row" aria-current={currentOf(path, position)}>
              {Icon && <Icon />}
              <Counted title={name} count={counts[path] ?? 0} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** `page`: it is open; `true`: a detail of it is. */
export function currentOf(path: string, position: MenuPosition | undefined): 'page' | 'true' | undefined {
  if (path !== position?.path) return undefined;
  return position.isDetail ? 'true' : 'page';
}
