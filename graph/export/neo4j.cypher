// Loads the case into the database that is open, with: cypher-shell --file load.cypher
// Every node has the label Record; to take all of it out again: MATCH (n:Record) DETACH DELETE n
//
// A Statement is not asserted by being stated: its label and its property status say how it
// stands. Only accepted statements are also relationships between two things, such as
// (a:Thing)-[:BESIEGES]->(b:Thing), with the statement's id in the property statement.
CREATE CONSTRAINT hudna_record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE;
