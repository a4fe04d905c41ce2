/** `doctor`: says what of a stage is right and what is not, and what to do about it. */
import { stageCommand } from '../stage-command.ts';

export const doctorCommand = () =>
  stageCommand('doctor', 'Check a stage: settings, secrets, token, queues, dead letters', [
    'doctor',
    'doctor --stage prod',
  ]);
