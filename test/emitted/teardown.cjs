module.exports = require('./log.cjs').end;
