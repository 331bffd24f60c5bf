\set source random(1, 19999)
select fn.transfer(uuidv7(), :source, 0, 1);
