// A real OpenID provider for tests: `oidc-provider`, which is certified, with the clients and the people that a test
// names. Whoever types somebody's name is signed in as that one; nobody is asked for consent.
//
//   node provider.mjs '{"port": 3000, "clients": [{…}], "people": {"ada": {"groups": ["noc"]}}}'
//
// Further settings: `inIdToken` (whether the ID token holds all claims, or the userinfo endpoint alone has them) and
// `skew` (by how many seconds the provider's clock is wrong).

const { port, clients, people, inIdToken = true, skew = 0 } = JSON.parse(process.argv[2]);

if (skew !== 0) {
  const right = Date.now.bind(Date);
  Date.now = () => right() + skew * 1000;
}

const { default: Provider } = await import('oidc-provider');

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients,
  scopes: ['openid', 'profile', 'email', 'groups'],
  claims: {
    openid: ['sub'],
    profile: ['preferred_username'],
    email: ['email', 'email_verified'],
    groups: ['groups'],
  },
  conformIdTokenClaims: !inIdToken,
  pkce: { required: () => true },
  ttl: { IdToken: 300 },
  findAccount: async (_context, id) => ({
    accountId: id,
    claims: async () => ({ sub: `id-of-${id}`, preferred_username: id, ...people[id] }),
  }),
  loadExistingGrant: async ({ oidc }) => {
    const grant = new oidc.provider.Grant({
      clientId: oidc.client.clientId,
      accountId: oidc.session.accountId,
    });
    grant.addOIDCScope('openid profile email groups');
    await grant.save();
    return grant;
  },
});

provider.listen(port, '127.0.0.1', () => console.log('ready'));
