import { DeleteOutlined, EditOutlined, PlusOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Drawer, Empty, Flex, Form, Input, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { FormError } from '../../ui/form-error';
import { useAction } from '../../ui/use-action';
import { useConfirm } from '../../ui/use-confirm';
import { required, useServerForm } from '../../ui/use-form';
import fa from './fa.json';

type Group = Schemas['TemplateGroupDto'];
const nameMax = 100;
const refresh = [['template-groups'], ['templates']];

/** Groups of templates: made, renamed, deleted (SMS-024). */
export function GroupsDrawer({ groups, onClose }: { groups: readonly Group[]; onClose: () => void }) {
  const [edited, setEdited] = useState<string>();
  const confirm = useConfirm();
  const remove = useAction<string>({
    act: (groupId) => ok(api.DELETE('/api/v1/template-groups/{groupId}', { params: { path: { groupId } } })),
    said: fa.groupDeleted,
    refresh,
  });
  const askRemove = async ({ id, name }: Group): Promise<void> => {
    const isSure = await confirm({
      title: fill(fa.sureDeleteGroup, { name }),
      content: fa.deleteGroupAbout,
      action: fa.delete,
      danger: true,
    });
    if (isSure) remove.mutate(id);
  };
  return (
    <Drawer open placement="left" size={380} title={fa.groups} onClose={onClose}>
      <NameForm group={undefined} onDone={() => setEdited(undefined)} />
      {groups.length === 0 && <Empty description={fa.noGroups} />}
      <Flex vertical gap="small" component="ul" className="plain-list">
        {groups.map((group) => (
          <li key={group.id}>
            {edited === group.id ? (
              <NameForm group={group} onDone={() => setEdited(undefined)} />
            ) : (
              <Flex justify="space-between" align="center" gap="small">
                <span>
                  {group.name}{' '}
                  <Typography.Text type="secondary">
                    {fill(fa.groupCount, { count: group.templates })}
                  </Typography.Text>
                </span>
                <Flex>
                  <Button
                    type="text"
                    icon={<EditOutlined />}
                    aria-label={fill(fa.rename, { name: group.name })}
                    onClick={() => setEdited(group.id)}
                  />
                  <Button
                    type="text"
                    danger
                    icon={<DeleteOutlined />}
                    aria-label={fill(fa.deleteNamed, { name: group.name })}
                    onClick={() => void askRemove(group)}
                  />
                </Flex>
              </Flex>
            )}
          </li>
        ))}
      </Flex>
    </Drawer>
  );
}

function NameForm({ group, onDone }: { group: Group | undefined; onDone: () => void }) {
  const queries = useQueryClient();
  const { form, props, refusal, mutation } = useServerForm<{ name: string }, Group>({
    submit: ({ name }) => {
      const body = { name: name.trim() };
      return ok(
        group
          ? api.PUT('/api/v1/template-groups/{groupId}', { params: { path: { groupId: group.id } }, body })
          : api.POST('/api/v1/template-groups', { body }),
      );
    },
    done: async () => {
      await queries.invalidateQueries({ queryKey: ['template-groups'] });
      form.resetFields();
      onDone();
    },
  });
  return (
    <Form<{ name: string }> {...props} initialValues={{ name: group?.name ?? '' }}>
      <FormError error={refusal} />
      <Form.Item
        name="name"
        label={group ? fa.groupName : fa.newGroup}
        rules={[{ ...required(fa.groupName), whitespace: true }]}
      >
        <Input
          maxLength={nameMax}
          suffix={
            <Button
              type="text"
              htmlType="submit"
              loading={mutation.isPending}
              icon={group ? undefined : <PlusOutlined />}
            >
              {group ? fa.save : fa.add}
            </Button>
          }
        />
      </Form.Item>
    </Form>
  );
}
