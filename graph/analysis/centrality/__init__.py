"""Who is central, who joins whom, and who could reach whom."""
