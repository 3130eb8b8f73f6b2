"""One file per verb: what amplify does, spoken in the ports' words."""
