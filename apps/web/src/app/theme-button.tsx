import { MoonOutlined, SunOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { themes, useTheme } from './theme';
import fa from '../i18n/fa.json';

/** One click between light and dark (WEB-006). */
export function ThemeButton() {
  const dark = useTheme() === 'dark';
  const label = dark ? fa.lightTheme : fa.darkTheme;
  return (
    <Button
      type="text"
      aria-label={label}
      title={label}
      icon={dark ? <SunOutlined /> : <MoonOutlined />}
      onClick={() => themes.toggle()}
    />
  );
}
