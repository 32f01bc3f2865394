package dev.conflict.databases;

import dev.conflict.Conflicts;
import org.apache.ibatis.annotations.Delete;
import org.apache.ibatis.annotations.Param;
import org.apache.ibatis.annotations.Update;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;

/** MyBatis. */
record MyBatisCustomers(SqlSessionFactory sessions) implements Shop.Customers {
    /** The statements. */
    interface CustomerMapper {
        @Update("update customer set email = #{email}, version = version + 1 where id = #{id} and version = #{version}")
        int changeEmail(@Param("id") long id, @Param("version") long version, @Param("email") String email);

        @Delete("delete from customer where id = #{id}")
        int remove(@Param("id") long id);
    }

    @Override
    public void changeEmail(long id, long version, String email) {
        try (SqlSession session = sessions.openSession()) {
            Conflicts.requireUpdated(session.getMapper(CustomerMapper.class).changeEmail(id, version, email));
            session.commit();
        }
    }

    @Override
    public void remove(long id) {
        try (SqlSession session = sessions.openSession()) {
            Conflicts.requireUpdated(session.getMapper(CustomerMapper.class).remove(id));
            session.commit();
        }
    }
}
