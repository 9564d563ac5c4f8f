/** What people read on the page: Chinese first, then English. */
export const labels = {
  anonymous: '匿名，仅公开数据 · anonymous, public data only',
  insecure: '开发模式：无身份、无策略 · insecure: no identity, no policy',
  expired: '已过期 · expired',
  signIn: '登录 Sign in',
  signOut: '退出 Sign out',
  token: '令牌 Token',
  tokenHint: '粘贴访问令牌 Paste an access token',
  useToken: '使用 Use',
  badToken: '这不是访问令牌 This is no access token',
  examples: '示例 Examples',
  welcome: `# 邻里 Linli：一座城市的社区服务，一张图
#
# 左栏“示例”可直接打开
#   Examples are in the panel on the left
# 未登录只能查询公开（L1）数据
#   Without signing in: public (L1) data only
# Ctrl-Enter 执行 runs, Ctrl-Space 补全 completes

`,
} as const;
