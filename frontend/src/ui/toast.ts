export type { Toast } from '../model/toast';
