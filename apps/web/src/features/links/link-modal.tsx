import { Collapse, Flex, Form, Input, Select, Switch } from 'antd';
import { api, ok } from '../../api/client';
import { FormModal } from '../../ui/form-modal';
import { LtrInput, NumberInput } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import type { LinkDetail } from './link-figures';
import { bodyOf, npis, tons, valuesOf } from './link-values';
import type { LinkValues } from './link-values';
import { limits, within } from '../../ui/limits';
import fa from './fa.json';

const of = limits.LinkCreateDto;

/** Times stand in seconds here, in ms at the API. */
const fields = {
  bindTimeoutMs: 'bindTimeoutSeconds',
  responseTimeoutMs: 'responseTimeoutSeconds',
  enquireLinkMs: 'enquireLinkSeconds',
  receiptWaitSeconds: 'receiptWaitHours',
  doubtWaitSeconds: 'doubtWaitMinutes',
};

/** Makes a link, or changes one: its password is written here and never shown. */
export function LinkModal({ link, onClose }: { link?: LinkDetail; onClose: () => void }) {
  return (
    <FormModal<LinkValues>
      title={link ? link.name : fa.newLink}
      action={link ? fa.save : fa.makeLink}
      width={720}
      initialValues={valuesOf(link)}
      fields={fields}
      submit={(values) => {
        const body = bodyOf(values);
        return link
          ? ok(api.PUT('/api/v1/links/{linkId}', { params: { path: { linkId: link.id } }, body }))
          : ok(api.POST('/api/v1/links', { body }));
      }}
      said={link ? fa.linkSaved : fa.linkMade}
      refresh={[['links'], ['audit']]}
      onClose={onClose}
    >
      <Form.Item name="name" label={fa.linkName} rules={[required(fa.linkName)]}>
        <Input maxLength={100} autoFocus />
      </Form.Item>
      <Flex gap="small">
        <Form.Item name="host" label={fa.host} rules={[required(fa.host)]} style={{ flex: 3 }}>
          <LtrInput maxLength={253} />
        </Form.Item>
        <Form.Item
          name="port"
          label={fa.port}
          rules={[required(fa.port), within(of.port)]}
          style={{ flex: 1 }}
        >
          <NumberInput precision={0} />
        </Form.Item>
      </Flex>
      <Flex gap="small" wrap>
        <Form.Item
          name="systemId"
          label={fa.systemId}
          rules={[required(fa.systemId)]}
          style={{ flex: '1 1 180px' }}
        >
          <LtrInput maxLength={15} />
        </Form.Item>
        <Form.Item
          name="password"
          label={fa.password}
          extra={link?.hasPassword ? fa.passwordKept : fa.passwordHelp}
          style={{ flex: '1 1 180px' }}
        >
          <Input.Password
            dir="ltr"
            maxLength={64}
            autoComplete="new-password"
            placeholder={link?.hasPassword ? '••••••••' : undefined}
          />
        </Form.Item>
        <Form.Item name="systemType" label={fa.systemType} style={{ flex: '1 1 120px' }}>
          <LtrInput maxLength={12} />
        </Form.Item>
      </Flex>
      <Flex gap="small" wrap>
        {(
          [
            ['partsPerSecond', fa.contract],
            ['binds', fa.bindCount],
            ['window', fa.window],
          ] as const
        ).map(([name, label]) => (
          <Form.Item
            key={name}
            name={name}
            label={label}
            rules={[required(label), within(of[name])]}
            style={{ flex: '1 1 140px' }}
          >
            <NumberInput precision={0} />
          </Form.Item>
        ))}
      </Flex>
      <p style={{ marginBlockStart: -12, opacity: 0.75 }}>{fa.contractHelp}</p>
      <Form.Item name="active" label={fa.state} extra={fa.linkActiveHelp} valuePropName="checked">
        <Switch checkedChildren={fa.active} unCheckedChildren={fa.inactive} />
      </Form.Item>
      <Collapse
        ghost
        items={[
          { key: 'tls', label: fa.tls, forceRender: true, children: <Tls /> },
          { key: 'times', label: fa.timing, forceRender: true, children: <Times /> },
          { key: 'receipts', label: fa.receiptRules, forceRender: true, children: <Receipts /> },
          { key: 'addresses', label: fa.addressForms, forceRender: true, children: <Addresses /> },
        ]}
      />
    </FormModal>
  );
}

function Tls() {
  return (
    <>
      <Form.Item name="tls" label={fa.tlsOn} extra={fa.tlsHelp} valuePropName="checked">
        <Switch />
      </Form.Item>
      <Form.Item name="caCertificate" label={fa.caCertificate} extra={fa.caHelp}>
        <Input.TextArea dir="ltr" maxLength={20_000} autoSize={{ minRows: 2, maxRows: 8 }} />
      </Form.Item>
      <Form.Item name="tlsName" label={fa.tlsName} extra={fa.tlsNameHelp}>
        <LtrInput maxLength={253} />
      </Form.Item>
    </>
  );
}

function Times() {
  return (
    <Flex gap="small" wrap>
      {(
        [
          ['bindTimeoutSeconds', fa.bindTimeout, of.bindTimeoutMs],
          ['responseTimeoutSeconds', fa.responseTimeout, of.responseTimeoutMs],
          ['enquireLinkSeconds', fa.enquireLink, of.enquireLinkMs],
        ] as const
      ).map(([name, label, bounds]) => (
        <Form.Item
          key={name}
          name={name}
          label={label}
          rules={[required(label), within(bounds, 1_000)]}
          style={{ flex: '1 1 160px' }}
        >
          <NumberInput suffix={fa.seconds} />
        </Form.Item>
      ))}
    </Flex>
  );
}

function Receipts() {
  return (
    <>
      <Form.Item name="receiptRule" label={fa.receiptRule} extra={fa.receiptRuleHelp}>
        <Select
          options={[
            { value: 'every_part', label: fa.everyPart },
            { value: 'one_for_all', label: fa.oneForAll },
          ]}
        />
      </Form.Item>
      <Form.Item name="receiptWins" label={fa.receiptWins}>
        <Select
          options={[
            { value: 'delivered', label: fa.winsDelivered },
            { value: 'last', label: fa.winsLast },
          ]}
        />
      </Form.Item>
      <Form.Item
        name="receiptFinalWaitSeconds"
        label={fa.receiptFinalWait}
        extra={fa.receiptFinalWaitHelp}
        rules={[within(of.receiptFinalWaitSeconds)]}
      >
        <NumberInput precision={0} suffix={fa.seconds} />
      </Form.Item>
      <Form.Item
        name="receiptWaitHours"
        label={fa.receiptWait}
        extra={fa.receiptWaitHelp}
        rules={[within(of.receiptWaitSeconds, 3_600)]}
      >
        <NumberInput suffix={fa.hoursUnit} />
      </Form.Item>
      <Form.Item
        name="doubtWaitMinutes"
        label={fa.doubtWait}
        extra={fa.doubtWaitHelp}
        rules={[within(of.doubtWaitSeconds, 60)]}
      >
        <NumberInput suffix={fa.minutes} />
      </Form.Item>
      <Form.Item name="doubtSettlesAs" label={fa.doubtSettlesAs}>
        <Select
          options={[
            { value: 'sent', label: fa.doubtSent },
            { value: 'failed', label: fa.doubtFailed },
          ]}
        />
      </Form.Item>
    </>
  );
}

function Addresses() {
  return (
    <Flex gap="small" wrap>
      {(
        [
          ['sourceTon', fa.sourceTon, tons],
          ['sourceNpi', fa.sourceNpi, npis],
          ['destinationTon', fa.destinationTon, tons],
          ['destinationNpi', fa.destinationNpi, npis],
        ] as const
      ).map(([name, label, options]) => (
        <Form.Item key={name} name={name} label={label} style={{ flex: '1 1 200px' }}>
          <Select allowClear placeholder={fa.byForm} options={[...options]} />
        </Form.Item>
      ))}
    </Flex>
  );
}
