import { Flex, Segmented } from 'antd';
import type { ReactNode } from 'react';
import { useListState } from '../../ui/list';
import { lineClassTitles, optionsOf } from '../../ui/terms';
import type { LineClass } from '../../ui/terms';
import fa from './fa.json';

/** Tariffs of one line class at a time, so that they fit a phone; the choice stands in the address. */
export function ClassTabs({ children }: { children: (lineClass: LineClass) => ReactNode }) {
  const { filters, set } = useListState();
  const lineClass: LineClass = filters['lineClass'] === 'advertising' ? 'advertising' : 'service';
  return (
    <Flex vertical gap="middle">
      <Segmented
        aria-label={fa.lineClass}
        value={lineClass}
        onChange={(value) => set({ lineClass: value })}
        options={optionsOf(lineClassTitles)}
        style={{ alignSelf: 'flex-start' }}
      />
      {children(lineClass)}
    </Flex>
  );
}
