import { useQuery } from '@tanstack/react-query';
import { Button, Empty, Flex, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { fill } from '../../ui/format';
import { clearable } from '../../ui/inputs';
import { LinkButton } from '../../ui/link-button';
import { Failure, isLost, Loading } from '../../ui/states';
import { useRested } from '../../ui/use-rested';
import fa from './fa.json';

const shownMax = 50;

/** Own templates by group and words (SMS-010, SMS-021). */
export function TemplatePicker({ onPick, onClose }: { onPick: (text: string) => void; onClose: () => void }) {
  const [search, setSearch] = useState('');
  const [groupId, setGroupId] = useState<string>();
  const wanted = useRested(search.trim());
  const groups = useQuery({
    queryKey: ['template-groups'],
    queryFn: async () => (await ok(api.GET('/api/v1/template-groups'))).groups,
  });
  const templates = useQuery({
    queryKey: ['templates', 'picker', wanted, groupId],
    queryFn: () =>
      ok(
        api.GET('/api/v1/templates', {
          params: {
            query: { limit: shownMax, ...(wanted && { search: wanted }), ...(groupId && { groupId }) },
          },
        }),
      ),
  });
  return (
    <Modal open title={fa.insertTemplate} footer={null} onCancel={onClose}>
      <Flex gap="small" wrap style={{ marginBlockEnd: 12 }}>
        <Input
          autoFocus
          allowClear={clearable}
          maxLength={100}
          placeholder={fa.searchTemplates}
          aria-label={fa.searchTemplates}
          value={search}
          onChange={({ target }) => setSearch(target.value)}
          style={{ flex: '2 1 180px' }}
        />
        {groups.data && groups.data.length > 0 && (
          <Select
            allowClear
            placeholder={fa.allGroups}
            aria-label={fa.allGroups}
            value={groupId}
            onChange={(id?: string) => setGroupId(id)}
            options={groups.data.map(({ id, name }) => ({ value: id, label: name }))}
            style={{ flex: '1 1 140px' }}
          />
        )}
      </Flex>
      {isLost(templates.error, templates.data) ? (
        <Failure error={templates.error} onRetry={() => void templates.refetch()} />
      ) : !templates.data ? (
        <Loading />
      ) : templates.data.templates.length === 0 ? (
        <Empty description={wanted || groupId ? fa.noSuchTemplate : fa.noTemplates}>
          <LinkButton to="/templates">{fa.toTemplates}</LinkButton>
        </Empty>
      ) : (
        <Flex
          vertical
          gap="small"
          component="ul"
          className="plain-list"
          style={{ maxHeight: '50dvh', overflowY: 'auto' }}
        >
          {templates.data.templates.map(({ id, title, text, parts }) => (
            <li key={id}>
              <Button block className="template-choice" onClick={() => onPick(text)}>
                <Typography.Text strong>{title}</Typography.Text>{' '}
                <Typography.Text type="secondary">{fill(fa.partCount, { count: parts })}</Typography.Text>
                <Typography.Paragraph ellipsis={{ rows: 2 }} style={{ margin: 0 }}>
                  {text}
                </Typography.Paragraph>
              </Button>
            </li>
          ))}
        </Flex>
      )}
    </Modal>
  );
}
