import { SearchOutlined } from '@ant-design/icons';
import { normalizePersian } from '@peyk/persian';
import { useQuery } from '@tanstack/react-query';
import { Empty, Input } from 'antd';
import { useId, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useNavigate } from 'react-router';
import type { Role } from '../api/client';
import type { Found } from '../parts/screens/feature';
import { useOffered } from '../parts/screens/offered';
import { sections } from '../parts/screens/sections';
import { features } from './features';
import { placeOf } from './menu';
import { useAccount } from '../api/use-session';
import { useRested } from '../ui/use-rested';
import fa from '../i18n/fa.json';

const hitsMax = 12;

/** What is found beside pages. A feature that does not answer finds nothing. */
async function findThings(wanted: string, roles: readonly Role[]): Promise<readonly Found[]> {
  const searches = features.flatMap(({ search }) =>
    search?.who.some((role) => roles.includes(role)) ? [search.find(wanted)] : [],
  );
  const found = await Promise.allSettled(searches);
  return found.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
}

/** What is typed, and what it finds. */
export function Palette({ onDone }: { onDone: () => void }) {
  const { roles } = useAccount();
  const offered = useOffered();
  const navigate = useNavigate();
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const wanted = normalizePersian(text).trim();
  const rested = useRested(wanted);
  const { data: found = [], isLoading } = useQuery({
    queryKey: ['palette', rested, roles],
    queryFn: () => findThings(rested, roles),
    enabled: rested.length >= 3,
  });
  // Enter must not open what was found for other words.
  const things = rested === wanted ? found : [];
  const searching = rested !== wanted || isLoading;
  const screens: Found[] = offered.screens
    .filter(({ path }) => !path.includes(':'))
    .filter(({ title, words = '' }) => !wanted || normalizePersian(`${title} ${words}`).includes(wanted))
    .map((screen) => ({
      key: screen.path,
      title: screen.title,
      note: sections.find(({ key }) => key === placeOf(screen)?.section)?.title ?? '',
      to: screen.path,
    }));
  const hits = [...screens.slice(0, wanted ? hitsMax : 8), ...things].slice(0, hitsMax);
  const chosen = Math.min(at, hits.length - 1);
  const go = (hit: Found | undefined): void => {
    if (!hit) return;
    onDone();
    void navigate(hit.to);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && hits.length > 0) {
      event.preventDefault();
      setAt((chosen + step + hits.length) % hits.length);
    }
    if (event.key === 'Enter') go(hits[chosen]);
  };
  return (
    <>
      <Input
        autoFocus
        size="large"
        prefix={<SearchOutlined />}
        placeholder={fa.searchHint}
        value={text}
        onChange={({ target }) => {
          setText(target.value);
          setAt(0);
        }}
        onKeyDown={onKey}
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={hits[chosen] ? `${listId}-${chosen}` : undefined}
        aria-label={fa.searchPanel}
      />
      <div id={listId} role="listbox" aria-label={fa.found} className="palette">
        {hits.map((hit, index) => (
          <div
            key={hit.key}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className="palette-hit"
            onMouseMove={() => setAt(index)}
            onClick={() => go(hit)}
          >
            <span>{hit.title}</span>
            <small>{hit.note}</small>
          </div>
        ))}
      </div>
      {hits.length === 0 && !searching && (
        <Empty description={fa.nothingFound} image={Empty.PRESENTED_IMAGE_SIMPLE} />
      )}
    </>
  );
}
