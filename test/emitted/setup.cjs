module.exports = require('./log.cjs').begin;
