"""Rules of craft, safety and accessibility: each looks at one composed text and says what is wrong with it."""
