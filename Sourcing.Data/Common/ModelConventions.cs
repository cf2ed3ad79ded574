using System.Linq.Expressions;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Sourcing.Data.Common;

/// <summary>The rules that hold for every table: names, enums as text with a check, precision, row version, moments, soft deletion.</summary>
internal static class ModelConventions
{
    public static void Configure(ModelConfigurationBuilder configuration)
    {
        configuration.Properties<decimal>().HavePrecision(18, 4);
        configuration.Properties<Enum>().HaveConversion<string>();
    }

    public static void Apply(ModelBuilder model)
    {
        foreach (var entity in model.Model.GetEntityTypes().Where(e => !e.IsOwned()).ToList())
        {
            Name(entity);
            var builder = model.Entity(entity.ClrType);
            if (entity.GetViewName() is not null || entity.FindPrimaryKey() is null)
            {
                Enums(builder, entity);
                continue;
            }

            foreach (var moment in new[] { "CreatedAt", "UpdatedAt" })
            {
                builder.Property<DateTimeOffset>(moment).HasDefaultValueSql("now()").ValueGeneratedOnAdd()
                    .HasColumnName(Words.Snake(moment));
            }

            if (entity.ClrType.GetProperty("Version")?.PropertyType == typeof(uint))
            {
                builder.Property<uint>("Version").IsRowVersion();
            }

            if (typeof(ISoftDeleted).IsAssignableFrom(entity.ClrType))
            {
                var row = Expression.Parameter(entity.ClrType);
                var live = Expression.Equal(Expression.Property(row, nameof(ISoftDeleted.DeletedAt)), Expression.Constant(null, typeof(DateTimeOffset?)));
                builder.HasQueryFilter(SourcingDb.LiveRows, Expression.Lambda(live, row));
            }

            foreach (var key in entity.GetForeignKeys().Where(k => !k.IsOwnership && !k.PrincipalEntityType.ClrType.Namespace!.StartsWith("Microsoft", StringComparison.Ordinal)))
            {
                // Restrict by default; a room that wants lines to go with their head says so in its mapping.
                if (((IConventionForeignKey)key).GetDeleteBehaviorConfigurationSource() != ConfigurationSource.Explicit)
                {
                    key.DeleteBehavior = DeleteBehavior.Restrict;
                }
            }

            Enums(builder, entity);
        }
    }

    private static void Enums(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder builder, IMutableEntityType entity)
    {
        foreach (var property in entity.GetProperties())
        {
            var type = Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType;
            if (!type.IsEnum)
            {
                continue;
            }

            var converter = (ValueConverter)Activator.CreateInstance(typeof(SnakeEnum<>).MakeGenericType(type))!;
            property.SetValueConverter(converter);
            property.SetProviderClrType(null);
            property.SetMaxLength(40);
            if (entity.GetViewName() is null)
            {
                var column = property.GetColumnName();
                var values = string.Join(", ", Enum.GetNames(type).Select(n => $"'{Words.Snake(n)}'"));
                builder.ToTable(t => t.HasCheckConstraint($"ck_{entity.GetTableName()}_{column}", $"{column} in ({values})"));
            }
        }
    }

    private static void Name(IMutableEntityType entity)
    {
        if (entity.GetViewName() is null && entity.GetTableName() is { } table)
        {
            entity.SetTableName(Snake(table.Replace("AspNet", "", StringComparison.Ordinal)));
        }

        foreach (var property in entity.GetProperties())
        {
            if (property.Name != "Version" || property.ClrType != typeof(uint))
            {
                property.SetColumnName(Snake(property.GetColumnName()));
            }
        }

        foreach (var key in entity.GetKeys())
        {
            key.SetName(Snake(key.GetName()!.Replace("AspNet", "", StringComparison.Ordinal)));
        }

        foreach (var key in entity.GetForeignKeys())
        {
            key.SetConstraintName(Snake(key.GetConstraintName()!.Replace("AspNet", "", StringComparison.Ordinal)));
        }

        foreach (var index in entity.GetIndexes())
        {
            index.SetDatabaseName(Snake(index.GetDatabaseName()!.Replace("AspNet", "", StringComparison.Ordinal)));
        }
    }

    private static string Snake(string name) =>
        name.Contains('_', StringComparison.Ordinal)
            ? Regex.Replace(string.Join('_', name.Split('_', StringSplitOptions.RemoveEmptyEntries).Select(Words.Snake)), "_+", "_")
            : Words.Snake(name);

    private sealed class SnakeEnum<T>() : ValueConverter<T, string>(v => Words.Snake(v.ToString()), s => (T)Words.FromSnake(typeof(T), s)!)
        where T : struct, Enum;
}
