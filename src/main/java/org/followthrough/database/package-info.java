/**
 * The one database: an embedded PostgreSQL of our own unless a server is named, and the migrations that make
 * both schemas, the engine's and the record's.
 */
package org.followthrough.database;
