using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Sales.Commissions;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<CommissionPlan> CommissionPlans => Set<CommissionPlan>();

    public DbSet<CommissionPlanVersion> CommissionPlanVersions => Set<CommissionPlanVersion>();

    public DbSet<CommissionAssignment> CommissionAssignments => Set<CommissionAssignment>();

    public DbSet<SharedOrder> OrderShares => Set<SharedOrder>();

    public DbSet<CommissionRun> CommissionRuns => Set<CommissionRun>();

    public DbSet<Commission> Commissions => Set<Commission>();

    public DbSet<CommissionEvent> CommissionEvents => Set<CommissionEvent>();

    public DbSet<CommissionStanding> CommissionStandings => Set<CommissionStanding>();

    public DbSet<CommissionPayout> CommissionPayouts => Set<CommissionPayout>();

    public DbSet<CommissionDispute> CommissionDisputes => Set<CommissionDispute>();

    /// <summary>The number of a line's order as its arithmetic tells it; null for a line without an order.</summary>
    [DbFunction("order_told", "app")]
    public static string? OrderTold(string arithmetic) => throw new NotSupportedException("Runs in the database only.");
}
