-- The tables of extra-maps.conf.
CREATE TABLE quota (
    username VARCHAR(255) PRIMARY KEY,
    bytes BIGINT NOT NULL DEFAULT 0,
    messages BIGINT NOT NULL DEFAULT 0
);
CREATE TABLE pair (
    k VARCHAR(255) PRIMARY KEY,
    v1 VARCHAR(255),
    v2 BIGINT
);
CREATE TABLE tree (
    a VARCHAR(100),
    b VARCHAR(100),
    v VARCHAR(255),
    PRIMARY KEY (a, b)
);
CREATE TABLE blobs (
    id VARBINARY(64) PRIMARY KEY,
    v VARBINARY(255)
);
