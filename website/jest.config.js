import shared from '../jest.config.js';

/** @type {import('jest').Config} */
export default { ...shared, rootDir: '..', roots: ['<rootDir>/website/test'] };
