import { EditOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Empty, Flex, Form, Modal, Tag, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { digits } from '../../ui/format';
import { FormError } from '../../ui/form-error';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { lineClassTitles } from '../../ui/terms';
import { useServerForm } from '../../ui/use-form';
import { Fact } from '../../ui/fact';
import { TextField } from '../../parts/message-text/text-field';
import { hoursText } from '../../parts/lines/line-words';
import { useLines } from '../../parts/lines/use-lines';
import { AskSupport } from '../../ui/support';
import fa from './fa.json';
import '../../parts/sends/sends.css';

type Line = Schemas['LineDto'];

/** Own sender lines (SMS-208) and the text that answers on each (SMS-020). */
export function OwnLinesScreen() {
  const { data: lines, error, refetch } = useLines();
  const [edited, setEdited] = useState<Line>();
  return (
    <Page title={fa.ownLines} about={fa.linesAbout}>
      {isLost(error, lines) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : !lines ? (
        <Loading />
      ) : lines.length === 0 ? (
        <Empty description={<AskSupport there={fa.ownNoLines} nowhere={fa.noLinesYet} />} />
      ) : (
        <div className="send-cards">
          {lines.map((line) => (
            <LineCard key={line.id} line={line} onEdit={() => setEdited(line)} />
          ))}
        </div>
      )}
      {edited && <SecretaryForm line={edited} onClose={() => setEdited(undefined)} />}
    </Page>
  );
}

function LineCard({ line, onEdit }: { line: Line; onEdit: () => void }) {
  const { number, lineClass, active, refundPolicy, secretaryText, shared } = line;
  return (
    <Card size="small">
      <Flex justify="space-between" align="center" gap="small">
        <Typography.Title level={2} style={{ fontSize: 18, margin: 0 }}>
          <bdi dir="ltr">{digits(number)}</bdi>
        </Typography.Title>
        <Tag color={active ? 'success' : 'error'}>{active ? fa.lineActive : fa.lineClosed}</Tag>
      </Flex>
      <dl className="card-facts" style={{ marginBlock: 12 }}>
        <Fact name={fa.lineClass} value={lineClassTitles[lineClass]} />
        <Fact name={fa.lineHours} value={hoursText(line)} />
        <Fact
          name={fa.lineCharge}
          value={refundPolicy === 'delivered' ? fa.chargedDelivered : fa.chargedSubmitted}
        />
        {shared && <Fact name={fa.lineOwner} value={fa.lineShared} />}
      </dl>
      {!shared && (
        <Flex vertical gap="small">
          <Typography.Text strong>{fa.secretary}</Typography.Text>
          {secretaryText ? (
            <Typography.Paragraph className="message-text" style={{ margin: 0 }} dir="auto">
              {secretaryText}
            </Typography.Paragraph>
          ) : (
            <Typography.Text type="secondary">{fa.noSecretary}</Typography.Text>
          )}
          <div>
            <Button icon={<EditOutlined />} disabled={!active} onClick={onEdit}>
              {secretaryText ? fa.editSecretary : fa.setSecretary}
            </Button>
          </div>
        </Flex>
      )}
    </Card>
  );
}

function SecretaryForm({ line, onClose }: { line: Line; onClose: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const { props, refusal, mutation } = useServerForm<{ text: string }, Line>({
    submit: ({ text }) =>
      ok(
        api.PUT('/api/v1/lines/{lineId}/secretary', {
          params: { path: { lineId: line.id } },
          body: { text: text.trim() ? text : null },
        }),
      ),
    done: async ({ secretaryText }) => {
      await queries.invalidateQueries({ queryKey: ['lines'] });
      say.success(secretaryText ? fa.secretarySaved : fa.secretaryRemoved);
      onClose();
    },
  });
  return (
    <Modal
      open
      title={fa.secretaryOf}
      okText={fa.save}
      confirmLoading={mutation.isPending}
      onOk={() => props.form.submit()}
      onCancel={onClose}
    >
      <p>{fa.secretaryAbout}</p>
      <FormError error={refusal} />
      <Form {...props} initialValues={{ text: line.secretaryText ?? '' }}>
        <Form.Item name="text" label={fa.secretaryText} extra={fa.secretaryEmpty}>
          <TextField is66Char={line.is66Char} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
