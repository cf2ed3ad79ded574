using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Supplier> Suppliers => Set<Supplier>();

    public DbSet<SupplierContact> SupplierContacts => Set<SupplierContact>();

    public DbSet<SupplierUser> SupplierUsers => Set<SupplierUser>();

    /// <summary>The share of a supplier's invitations of twelve months that it answered, 0 to 1, as SQL. Null without any.</summary>
    [DbFunction("answer_rate", "app")]
    public static decimal? AnswerRate(Guid supplierId) => throw new NotSupportedException("Runs in the database only.");

    /// <summary>The share of its decided quotes of twelve months that won, 0 to 1, as SQL. Null while nothing is decided.</summary>
    [DbFunction("win_rate", "app")]
    public static decimal? WinRate(Guid supplierId) => throw new NotSupportedException("Runs in the database only.");
}
