-- Records of which something is on this device and nowhere else. What is only offered again is on the server already.
SELECT document.id FROM document JOIN space ON space.id = document.space WHERE space.kind = 'device'
UNION
SELECT document FROM change WHERE server_seq IS NULL AND (again = 0 OR refused IS NOT NULL)
UNION
SELECT document FROM recent
UNION
SELECT document FROM quarantine WHERE said IS NOT NULL
ORDER BY 1
