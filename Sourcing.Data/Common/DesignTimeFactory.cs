using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;

namespace Sourcing.Data.Common;

/// <summary>For the migrations tool, which needs the model and no server.</summary>
internal sealed class DesignTimeFactory : IDesignTimeDbContextFactory<SourcingDb>
{
    public SourcingDb CreateDbContext(string[] args) =>
        new(new DbContextOptionsBuilder<SourcingDb>().UseNpgsql("Host=design-time").Options);
}
