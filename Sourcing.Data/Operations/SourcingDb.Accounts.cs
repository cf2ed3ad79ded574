using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Operations;

namespace Sourcing.Data
{
    public partial class SourcingDb
    {
        public DbSet<UserAccount> UserAccounts => Set<UserAccount>();
    }
}

namespace Sourcing.Data.Operations
{
    internal sealed class AccountsMapping : IEntityTypeConfiguration<UserAccount>
    {
        public void Configure(EntityTypeBuilder<UserAccount> account) => account.ToView("user_accounts").HasKey(u => u.Id);
    }
}
