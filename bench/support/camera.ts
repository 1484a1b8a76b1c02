/** The tests' camera is a slow one; this one takes twenty pictures a second, as Chromium has it. */
export const CAMERA_ARGUMENTS = ['--use-fake-device-for-media-stream'];
