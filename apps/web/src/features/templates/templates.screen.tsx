import { DeleteOutlined, EditOutlined, FolderOutlined, PlusOutlined, SendOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Tag, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { ChoiceFilter, SearchFilter } from '../../ui/filters';
import { dateTime, fill } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { DataList } from '../../ui/list';
import type { Column, ListState } from '../../ui/list';
import { Page } from '../../ui/page';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { newSendPath } from '../../parts/sends/new-send-path';
import { GroupsDrawer } from './groups-drawer';
import { TemplateForm } from './template-form';
import fa from './fa.json';
import '../../parts/sends/sends.css';

type Template = Schemas['TemplateDto'];
type Open = { readonly what: 'groups' } | { readonly what: 'form'; readonly template?: Template };

/** Texts that are sent often, in groups (SMS-021..SMS-024). */
export function TemplatesScreen() {
  const [open, setOpen] = useState<Open>();
  const confirm = useConfirm();
  const { data: groups = [] } = useQuery({
    queryKey: ['template-groups'],
    queryFn: async () => (await ok(api.GET('/api/v1/template-groups'))).groups,
  });
  const remove = useAction<string>({
    act: (templateId) =>
      ok(api.DELETE('/api/v1/templates/{templateId}', { params: { path: { templateId } } })),
    said: fa.deleted,
    refresh: [['templates'], ['template-groups']],
  });
  const askRemove = async ({ id, title }: Template): Promise<void> => {
    if (await confirm({ title: fill(fa.sureDelete, { title }), action: fa.delete, danger: true }))
      remove.mutate(id);
  };
  const columns: readonly Column<Template>[] = [
    { key: 'title', title: fa.title, main: true, render: ({ title }) => <b>{title}</b> },
    {
      key: 'text',
      title: fa.text,
      render: ({ text }) => (
        <Typography.Paragraph
          ellipsis={{ rows: 2, expandable: true, symbol: fa.more }}
          className="template-text"
          dir="auto"
        >
          {text}
        </Typography.Paragraph>
      ),
    },
    {
      key: 'group',
      title: fa.group,
      render: ({ groupId }) => groups.find(({ id }) => id === groupId)?.name ?? fa.noGroup,
    },
    {
      key: 'length',
      title: fa.length,
      render: ({ units, parts }) => (
        <>
          {fill(fa.letters, { count: units })} <Tag>{fill(fa.parts, { count: parts })}</Tag>
        </>
      ),
    },
    { key: 'updatedAt', title: fa.updatedAt, render: ({ updatedAt }) => dateTime(updatedAt) },
    {
      key: 'actions',
      title: fa.actions,
      render: (template) => (
        <Flex gap={4} justify="flex-end">
          <LinkButton
            type="text"
            icon={<SendOutlined />}
            aria-label={fill(fa.sendNamed, { name: template.title })}
            to={newSendPath({ template: template.id })}
          />
          <Button
            type="text"
            icon={<EditOutlined />}
            aria-label={fill(fa.editNamed, { name: template.title })}
            onClick={() => setOpen({ what: 'form', template })}
          />
          <Button
            type="text"
            danger
            icon={<DeleteOutlined />}
            aria-label={fill(fa.deleteNamed, { name: template.title })}
            onClick={() => void askRemove(template)}
          />
        </Flex>
      ),
    },
  ];
  return (
    <Page
      title={fa.templates}
      about={fa.about}
      extra={
        <>
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setOpen({ what: 'form' })}>
            {fa.create}
          </Button>
          <Button icon={<FolderOutlined />} onClick={() => setOpen({ what: 'groups' })}>
            {fa.groups}
          </Button>
        </>
      }
    >
      <DataList<Template>
        label={fa.templates}
        queryKey={['templates', 'list']}
        load={load}
        rowKey={({ id }) => id}
        columns={columns}
        empty={fa.none}
        filters={
          <>
            <SearchFilter label={fa.search} />
            {groups.length > 0 && (
              <ChoiceFilter
                name="groupId"
                label={fa.group}
                options={groups.map(({ id, name }) => ({ value: id, label: name }))}
              />
            )}
          </>
        }
      />
      {open?.what === 'form' && (
        <TemplateForm template={open.template} groups={groups} onClose={() => setOpen(undefined)} />
      )}
      {open?.what === 'groups' && <GroupsDrawer groups={groups} onClose={() => setOpen(undefined)} />}
    </Page>
  );
}

async function load({ filters: { search, groupId }, cursor, limit }: ListState) {
  const page = await ok(
    api.GET('/api/v1/templates', {
      params: {
        query: { limit, ...(cursor && { cursor }), ...(search && { search }), ...(groupId && { groupId }) },
      },
    }),
  );
  return { rows: page.templates, nextCursor: page.nextCursor };
}
