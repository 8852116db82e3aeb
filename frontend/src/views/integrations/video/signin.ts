import { t } from '../../../i18n/i18n.svelte';

/** What happens between Connect and the connection. */
export function signInSteps(): { title: string; text: string }[] {
  return [
    { title: t('win.video.step.sign'), text: t('win.video.step.sign.text') },
    { title: t('win.video.step.approve'), text: t('win.video.step.approve.text') },
    { title: t('win.video.step.back'), text: t('win.video.step.back.text') },
  ];
}

/** What Zoom's pages may say in the place of the permissions, and what is the matter then. */
export function zoomErrors(): { says: string; means: string }[] {
  return [
    { says: 'Invalid redirect (4,700)', means: t('win.video.trouble.redirect') },
    { says: 'Invalid client_id (4,702)', means: t('win.video.trouble.id') },
    { says: 'You cannot authorize the app', means: t('win.video.trouble.account') },
    { says: t('win.video.trouble.admin.says'), means: t('win.video.trouble.admin') },
  ];
}
